package keruen.interop;

import com.helger.collection.commons.CommonsArrayList;
import com.helger.http.EHttpMethod;
import com.helger.phase4.incoming.AS4RequestHandler;
import com.helger.phase4.incoming.AS4IncomingProfileSelectorConstant;
import com.helger.phase4.model.pmode.resolve.AS4DefaultPModeResolver;
import com.helger.phase4.servlet.AS4UnifiedResponse;
import com.helger.phase4.servlet.AS4XServletHandler;
import com.helger.phase4.servlet.IAS4ServletRequestHandlerCustomizer;
import com.helger.web.scope.IRequestWebScopeWithoutResponse;
import com.helger.xservlet.AbstractXServlet;

/** phase4's servlet with the keys, the profile and the application of this program. */
final class Endpoint extends AbstractXServlet implements IAS4ServletRequestHandlerCustomizer {
    private final transient Keys keys;
    private final Suite suite;
    private final transient Application application;

    Endpoint(Keys keys, Suite suite, Application application) {
        this.keys = keys;
        this.suite = suite;
        this.application = application;
        settings().setMultipartEnabled(false);
        handlerRegistry().registerHandler(EHttpMethod.POST,
                new AS4XServletHandler().setRequestHandlerCustomizer(this));
    }

    @Override
    public void customizeBeforeHandling(IRequestWebScopeWithoutResponse scope, AS4UnifiedResponse response,
            AS4RequestHandler handler) {
        handler.setCryptoFactorySign(keys.sign()).setCryptoFactoryCrypt(keys.crypt())
                .setPModeResolver(new AS4DefaultPModeResolver(suite.name()))
                .setIncomingProfileSelector(new AS4IncomingProfileSelectorConstant(suite.name()))
                .setProcessorSupplier(() -> new CommonsArrayList<>(application));
    }

    @Override
    public void customizeAfterHandling(IRequestWebScopeWithoutResponse scope, AS4UnifiedResponse response,
            AS4RequestHandler handler) {
        // Nothing to do.
    }
}
